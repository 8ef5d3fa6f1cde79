/** Deliveries that a webhook's page shows: as many as are kept unless the server is set otherwise. */
export const shownDeliveries = 100;
