-- How a command came: typed, or by a button that carries its words.
ALTER TABLE inbox ADD COLUMN via TEXT NOT NULL DEFAULT 'typed' CHECK (via IN ('typed', 'button'));
