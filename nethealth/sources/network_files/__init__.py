"""Read the files of network programs (GraphML, GEXF, JSON, Pajek) as workbooks."""
