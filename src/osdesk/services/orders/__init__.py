"""What the shop does with an order."""
