"""What does each setting of each kind of resource say, in a contract, a program and a plan?"""
