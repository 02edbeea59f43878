"""What the site has learnt from its own work: which category and unit a filing is likely to get."""
