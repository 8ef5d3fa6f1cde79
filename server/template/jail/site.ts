/** Where the console is; set before each render. */
export const site = { url: "" };
