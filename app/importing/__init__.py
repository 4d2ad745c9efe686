"""Files read into the records: compared with what stands, looked at, written in one transaction, taken back as one."""
