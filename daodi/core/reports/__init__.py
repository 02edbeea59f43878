"""Reports that write themselves from the figures; an editor writes into them and sends them out."""
