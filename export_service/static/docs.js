// A file of its own, because the page's policy runs no inline scripts.
"use strict";
const place = document.getElementById("api");
SwaggerUIBundle({
  domNode: place,
  url: place.dataset.spec,
  deepLinking: true,
  validatorUrl: null, // the badge would send the address to another host
});
