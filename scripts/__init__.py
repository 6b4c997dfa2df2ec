"""How everything is started and tested: ``test``, ``demo`` and what they are made of."""
