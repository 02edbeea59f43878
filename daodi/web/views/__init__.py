"""The desk's own pages: fetch in scope, read the form, call one service, answer."""
