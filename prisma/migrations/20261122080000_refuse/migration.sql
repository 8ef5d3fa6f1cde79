-- Fails with a code and a message. For a condition among statements that are sent together: nobody looks at the answer of one before the
-- next is carried out, and what fails takes its transaction with it.
CREATE FUNCTION refuse(code text, message text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = code, MESSAGE = message;
END
$$;
