"""Read the files of network programs (GraphML, GEXF, Kumu's JSON, Pajek) as workbooks."""
