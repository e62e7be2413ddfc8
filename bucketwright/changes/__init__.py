"""What does a change of a contract or of a program change: resources, access, retention?"""
