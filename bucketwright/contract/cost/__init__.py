"""What does a contract cost, in dollars a month at list prices, and by which assumptions?"""
