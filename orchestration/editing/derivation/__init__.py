"""What a missing cell must be: what the identities determine, with its proof, and what they leave open.

Belongs here: bounds, proofs, and when a proof holds only on a condition. Does not belong here: changing what a report
says.
"""
