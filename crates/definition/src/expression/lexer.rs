//! Text → tokens. What is no token of the allowed subset is refused here, by name.

use std::borrow::Cow;

use super::error::ExpressionError;

/// One word, sign or constant, with where it starts (in bytes).
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token<'t> {
    pub(super) kind: TokenKind<'t>,
    pub(super) at: usize,
}

/// What a token is; it borrows from the text what stands there as it is meant.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind<'t> {
    /// An unquoted word, lower-cased: a keyword, a function, a column.
    Word(Cow<'t, str>),
    /// A name in double quotes, as written.
    Quoted(Cow<'t, str>),
    /// A number as written.
    Number(Cow<'t, str>),
    /// A constant in single quotes, its escapes resolved.
    Text(Cow<'t, str>),
    /// `( ) [ ] , . : ::`
    Sign(&'static str),
    /// An operator.
    Operator(&'t str),
}

/// Tens that a number may be moved by; PostgreSQL keeps some 16,000 digits after the point.
const MAX_EXPONENT: u32 = 10_000;
const SIGNS: [&str; 8] = ["::", "(", ")", "[", "]", ",", ".", ":"];

pub(super) fn tokens(text: &str) -> Result<Vec<Token<'_>>, ExpressionError> {
    let mut lexer = Lexer { text, at: 0 };
    let mut tokens = Vec::with_capacity(8);
    while let Some(token) = lexer.next_token()? {
        tokens.push(token);
    }
    Ok(tokens)
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

fn is_operator_char(c: char) -> bool {
    matches!(
        c,
        '+' | '-'
            | '*'
            | '/'
            | '<'
            | '>'
            | '='
            | '~'
            | '!'
            | '@'
            | '#'
            | '%'
            | '^'
            | '&'
            | '|'
            | '?'
    )
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// The run of accepted characters that stands next.
    fn run(&self, accept: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        &rest[..rest.find(|c| !accept(c)).unwrap_or(rest.len())]
    }

    fn take_while(&mut self, accept: impl Fn(char) -> bool) -> &'t str {
        let taken = self.run(accept);
        self.at += taken.len();
        taken
    }

    fn next_token(&mut self) -> Result<Option<Token<'t>>, ExpressionError> {
        self.take_while(|c| c.is_ascii_whitespace());
        let at = self.at;
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return Ok(None) };
        let kind = match first {
            '-' | '/' if rest.starts_with("--") || rest.starts_with("/*") => {
                return Err(ExpressionError::refused(at, "comments are not taken in expressions"));
            }
            '\'' => TokenKind::Text(self.quoted('\'')?),
            '"' => TokenKind::Quoted(self.quoted('"')?),
            c if c.is_alphabetic() || c == '_' => self.word_or_prefixed()?,
            c if c.is_ascii_digit() => self.number()?,
            '.' if rest[1..].starts_with(|c: char| c.is_ascii_digit()) => self.number()?,
            '$' => {
                return Err(ExpressionError::refused(
                    at,
                    "`$` (parameters, dollar quotes) is not taken",
                ));
            }
            ';' => return Err(ExpressionError::refused(at, "`;` would end the statement")),
            c if is_operator_char(c) => self.operator()?,
            _ => self.sign()?,
        };
        Ok(Some(Token { kind, at }))
    }

    fn sign(&mut self) -> Result<TokenKind<'t>, ExpressionError> {
        let found = SIGNS.iter().find(|sign| self.rest().starts_with(**sign));
        let sign = found.ok_or_else(|| {
            let character = self.rest().chars().next().unwrap_or(' ');
            let named = match character.is_ascii_graphic() {
                true => format!("`{character}`"),
                // What cannot be seen, or looks like something else, is named by its number.
                false => format!("the character U+{:04X}", u32::from(character)),
            };
            ExpressionError::syntax(self.at, format!("{named} means nothing here"))
        })?;
        self.at += sign.len();
        Ok(TokenKind::Sign(sign))
    }

    /// Reads up to the closing quote; a doubled quote stands for itself.
    fn quoted(&mut self, quote: char) -> Result<Cow<'t, str>, ExpressionError> {
        let start = self.at;
        let mut value = Cow::Borrowed("");
        loop {
            self.at += 1;
            let part = self.run(|c| c != quote);
            value += part;
            self.at += part.len();
            if self.rest().is_empty() {
                let message = format!("the {quote} opened here is never closed");
                return Err(ExpressionError::syntax(start, message));
            }
            self.at += 1;
            if !self.rest().starts_with(quote) {
                return Ok(value);
            }
            value.to_mut().push(quote);
        }
    }

    /// A word, or `E'…'`; other prefixed constants are refused by name.
    fn word_or_prefixed(&mut self) -> Result<TokenKind<'t>, ExpressionError> {
        let at = self.at;
        let word = self.take_while(|c| c.is_alphanumeric() || c == '_' || c == '$');
        let word = match word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => Cow::Owned(word.to_ascii_lowercase()),
            false => Cow::Borrowed(word),
        };
        let quoted_next = self.rest().starts_with('\'');
        match (&*word, quoted_next) {
            ("e", true) => self.escaped().map(|text| TokenKind::Text(Cow::Owned(text))),
            ("b" | "x" | "n", true) => Err(ExpressionError::refused(
                at,
                format!("{}'…' constants are not taken", word.to_uppercase()),
            )),
            ("u", _) if self.rest().starts_with("&'") || self.rest().starts_with("&\"") => {
                Err(ExpressionError::refused(at, "U& escapes are not taken"))
            }
            _ if word.contains('$') => {
                Err(ExpressionError::refused(at, "`$` in a name needs double quotes"))
            }
            _ => Ok(TokenKind::Word(word)),
        }
    }

    /// `E'…'`: only the escapes that stand for one plain character.
    fn escaped(&mut self) -> Result<String, ExpressionError> {
        let start = self.at;
        let mut value = String::new();
        let mut characters = self.text[start + 1..].char_indices().peekable();
        while let Some((offset, character)) = characters.next() {
            match character {
                '\'' if characters.next_if(|(_, next)| *next == '\'').is_some() => value.push('\''),
                '\'' => {
                    self.at = start + 1 + offset + 1;
                    return Ok(value);
                }
                '\\' => match characters.next() {
                    Some((_, plain @ ('\\' | '\''))) => value.push(plain),
                    Some((_, 'n')) => value.push('\n'),
                    Some((_, 't')) => value.push('\t'),
                    Some((_, 'r')) => value.push('\r'),
                    _ => {
                        let at = start + 1 + offset;
                        return Err(ExpressionError::refused(
                            at,
                            "this escape is not taken in E'…'",
                        ));
                    }
                },
                other => value.push(other),
            }
        }
        Err(ExpressionError::syntax(start, "the ' opened here is never closed"))
    }

    fn number(&mut self) -> Result<TokenKind<'t>, ExpressionError> {
        let at = self.at;
        self.take_while(|c| c.is_ascii_digit());
        // `1..2` is no number; a single point is.
        if self.rest().starts_with('.') && !self.rest().starts_with("..") {
            self.at += 1;
            self.take_while(|c| c.is_ascii_digit());
        }
        if self.rest().starts_with(['e', 'E']) {
            self.at += 1;
            self.at += usize::from(self.rest().starts_with(['+', '-']));
            let exponent = self.take_while(|c| c.is_ascii_digit());
            if exponent.is_empty() {
                return Err(ExpressionError::syntax(at, "the number has no exponent after `e`"));
            }
            if exponent.parse::<u32>().map_or(true, |exponent| exponent > MAX_EXPONENT) {
                let message = "the number is further from 1 than PostgreSQL's numbers go";
                return Err(ExpressionError::new("invalid_constant", at, message));
            }
        }
        if self.rest().starts_with(|c: char| c.is_alphanumeric() || c == '_') {
            return Err(ExpressionError::syntax(at, "letters follow a number without a space"));
        }
        let number = &self.text[at..self.at];
        Ok(TokenKind::Number(match number.contains('E') {
            true => Cow::Owned(number.to_ascii_lowercase()),
            false => Cow::Borrowed(number),
        }))
    }

    /// PostgreSQL's rule: the longest run, which ends before a comment and does not end in `+` or
    /// `-` unless it holds one of the rarer signs.
    fn operator(&mut self) -> Result<TokenKind<'t>, ExpressionError> {
        let at = self.at;
        let mut operator = self.run(is_operator_char);
        if operator.contains("--") || operator.contains("/*") {
            return Err(ExpressionError::refused(at, "comments are not taken in expressions"));
        }
        while operator.len() > 1
            && operator.ends_with(['+', '-'])
            && !operator.contains(['~', '!', '@', '#', '%', '^', '&', '|', '?'])
        {
            operator = &operator[..operator.len() - 1];
        }
        self.at += operator.len();
        Ok(TokenKind::Operator(operator))
    }
}
