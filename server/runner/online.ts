/** A runner that was not heard of for longer than three of its periods is gone. */
export const onlineSeconds = 90;
