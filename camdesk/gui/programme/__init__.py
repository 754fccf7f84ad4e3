"""The programme: how productive its parts are, how new partners come on, what investments led to."""
