// The drawing code comes with the network, which is sent once; the map's own element, which is sent at each change,
// stays small.

window.nethealthMap = { LivingMap, LOOK };
