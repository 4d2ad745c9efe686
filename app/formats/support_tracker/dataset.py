"""What the dataset is called, here and in the records that were typed from it."""

DATASET = "Ukraine Support Tracker, Kiel Institute"
