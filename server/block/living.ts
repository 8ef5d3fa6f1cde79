import sql from "sql-template-tag";

/**
 * Of the table `block`: those that have not expired, by the database's clock. The others are not there for anybody, also before they are
 * swept away.
 */
export const living = sql`(expires_at IS NULL OR expires_at > clock_timestamp())`;
