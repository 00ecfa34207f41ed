"""Wrong calls of public functions, one table for each part of the package."""
