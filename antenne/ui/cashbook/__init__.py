"""The caisse: taking money in, receipts, the day, money out, dues, accounts."""
