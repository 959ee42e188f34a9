"""The minutes (protokoll): composed from the log, edited by the secretary, approved, sealed."""
