"""The archive package of a meeting: an E-ARK information package, as FGS Paketstruktur 2.0 asks for."""
