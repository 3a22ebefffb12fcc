"""What the shop does: functions on a Session that never commit, open one or read the clock."""
