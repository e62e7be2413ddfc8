"""What is asked of an account for the rules and facts that are wanted, and who is let ask it?"""
