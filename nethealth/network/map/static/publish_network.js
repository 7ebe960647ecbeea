// Publishes the network, and with it the code that draws it. Both are sent once; the map's own element, which is sent
// at each change, stays small.

import { NetworkMap } from "./network_map.js";
import { publishData } from "./publish_data.js";

window.nethealthMap = { NetworkMap, STYLES };

export default publishData;
