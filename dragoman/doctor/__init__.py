"""What may be wrong with a desk and the machine it is on: each thing found says what it is, why it
matters, and the command that mends it. Looking changes nothing; `mending` changes what it is told.
"""
