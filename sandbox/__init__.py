"""Stand-ins for the outside world: a DingTalk with phones, a small ERP, a project system.

Knows nothing of the product.
"""
