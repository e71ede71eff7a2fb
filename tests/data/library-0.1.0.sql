-- The tables of a library as release 0.1.0 made them; never to be changed.
CREATE TABLE meta (
	name TEXT NOT NULL,
	value TEXT,
	PRIMARY KEY (name)
);
CREATE TABLE articles (
	"row" INTEGER NOT NULL,
	id TEXT NOT NULL,
	title TEXT NOT NULL,
	publisher TEXT NOT NULL,
	author TEXT NOT NULL,
	published DATE,
	url TEXT NOT NULL,
	source TEXT NOT NULL,
	digest TEXT NOT NULL,
	words INTEGER NOT NULL,
	sentences JSON NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY ("row"),
	UNIQUE (id)
);
CREATE INDEX ix_articles_published ON articles (published);
CREATE INDEX ix_articles_url ON articles (url);
CREATE INDEX ix_articles_publisher ON articles (publisher);
CREATE TABLE unsettled (
	"row" INTEGER NOT NULL,
	first INTEGER NOT NULL,
	last INTEGER NOT NULL,
	thorough BOOLEAN NOT NULL,
	PRIMARY KEY ("row")
);
CREATE TABLE passages (
	"key" INTEGER NOT NULL,
	article INTEGER NOT NULL,
	number INTEGER NOT NULL,
	start INTEGER NOT NULL,
	"end" INTEGER NOT NULL,
	statement INTEGER,
	PRIMARY KEY ("key"),
	FOREIGN KEY(article) REFERENCES articles ("row") ON DELETE CASCADE
);
CREATE INDEX ix_passages_article ON passages (article);
CREATE TABLE speakers (
	"row" INTEGER NOT NULL,
	article INTEGER NOT NULL,
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	description TEXT NOT NULL,
	aliases JSON NOT NULL,
	"key" TEXT NOT NULL,
	PRIMARY KEY ("row"),
	FOREIGN KEY(article) REFERENCES articles ("row") ON DELETE CASCADE
);
CREATE INDEX ix_speakers_article ON speakers (article);
CREATE INDEX ix_speakers_key ON speakers ("key");
CREATE TABLE statements (
	"row" INTEGER NOT NULL,
	article INTEGER NOT NULL,
	number INTEGER NOT NULL,
	content JSON NOT NULL,
	cue JSON NOT NULL,
	source JSON NOT NULL,
	speaker INTEGER,
	manner TEXT NOT NULL,
	resolution TEXT NOT NULL,
	extent JSON NOT NULL,
	antecedent JSON NOT NULL,
	flags JSON NOT NULL,
	PRIMARY KEY ("row"),
	FOREIGN KEY(article) REFERENCES articles ("row") ON DELETE CASCADE,
	FOREIGN KEY(speaker) REFERENCES speakers ("row") ON DELETE CASCADE
);
CREATE INDEX ix_statements_article ON statements (article);
CREATE INDEX ix_statements_speaker ON statements (speaker);
