def greedy(*a): pass
