/** Why a value was not taken though nothing may be wrong with it, or why that is not known. */
export interface Undelivered {
  heading: string;
  message: string;
}
