//! Text → tokens. What is no token of the allowed subset is refused here, by name.

use super::error::ExpressionError;

/// One word, sign or constant, with where it starts (in bytes).
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) at: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    /// An unquoted word, lower-cased: a keyword, a function, a column.
    Word(String),
    /// A name in double quotes, as written.
    Quoted(String),
    /// A number as written.
    Number(String),
    /// A constant in single quotes, its escapes resolved.
    Text(String),
    /// `( ) [ ] , . : ::`
    Sign(&'static str),
    /// An operator.
    Operator(String),
}

/// Tens that a number may be moved by; PostgreSQL keeps some 16,000 digits after the point.
const MAX_EXPONENT: u32 = 10_000;
const OPERATOR_CHARS: &str = "+-*/<>=~!@#%^&|?";
const SIGNS: [&str; 8] = ["::", "(", ")", "[", "]", ",", ".", ":"];

pub(super) fn tokens(text: &str) -> Result<Vec<Token>, ExpressionError> {
    let mut lexer = Lexer { text, at: 0 };
    let mut tokens = Vec::new();
    while let Some(token) = lexer.next_token()? {
        tokens.push(token);
    }
    Ok(tokens)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn take_while(&mut self, accept: impl Fn(char) -> bool) -> String {
        let taken: String = self.rest().chars().take_while(|c| accept(*c)).collect();
        self.at += taken.len();
        taken
    }

    fn next_token(&mut self) -> Result<Option<Token>, ExpressionError> {
        self.take_while(|c| c.is_ascii_whitespace());
        let at = self.at;
        let Some(first) = self.rest().chars().next() else { return Ok(None) };
        let kind = match first {
            _ if self.rest().starts_with("--") || self.rest().starts_with("/*") => {
                return Err(ExpressionError::refused(at, "comments are not taken in expressions"));
            }
            '\'' => TokenKind::Text(self.quoted('\'')?),
            '"' => TokenKind::Quoted(self.quoted('"')?),
            c if c.is_alphabetic() || c == '_' => self.word_or_prefixed()?,
            c if c.is_ascii_digit() => self.number()?,
            '.' if self.rest()[1..].starts_with(|c: char| c.is_ascii_digit()) => self.number()?,
            '$' => {
                return Err(ExpressionError::refused(
                    at,
                    "`$` (parameters, dollar quotes) is not taken",
                ));
            }
            ';' => return Err(ExpressionError::refused(at, "`;` would end the statement")),
            c if OPERATOR_CHARS.contains(c) => self.operator()?,
            _ => self.sign()?,
        };
        Ok(Some(Token { kind, at }))
    }

    fn sign(&mut self) -> Result<TokenKind, ExpressionError> {
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
    fn quoted(&mut self, quote: char) -> Result<String, ExpressionError> {
        let start = self.at;
        let mut value = String::new();
        let mut characters = self.text[start + 1..].char_indices().peekable();
        while let Some((offset, character)) = characters.next() {
            if character != quote {
                value.push(character);
            } else if characters.next_if(|(_, next)| *next == quote).is_some() {
                value.push(quote);
            } else {
                self.at = start + 1 + offset + 1;
                return Ok(value);
            }
        }
        Err(ExpressionError::syntax(start, format!("the {quote} opened here is never closed")))
    }

    /// A word, or `E'…'`; other prefixed constants are refused by name.
    fn word_or_prefixed(&mut self) -> Result<TokenKind, ExpressionError> {
        let at = self.at;
        let word =
            self.take_while(|c| c.is_alphanumeric() || c == '_' || c == '$').to_ascii_lowercase();
        let quoted_next = self.rest().starts_with('\'');
        match (word.as_str(), quoted_next) {
            ("e", true) => self.escaped().map(TokenKind::Text),
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

    fn number(&mut self) -> Result<TokenKind, ExpressionError> {
        let at = self.at;
        let mut number = self.take_while(|c| c.is_ascii_digit());
        // `1..2` is no number; a single point is.
        if self.rest().starts_with('.') && !self.rest().starts_with("..") {
            self.at += 1;
            number.push('.');
            number.push_str(&self.take_while(|c| c.is_ascii_digit()));
        }
        if self.rest().starts_with(['e', 'E']) {
            self.at += 1;
            number.push('e');
            if let Some(sign @ ('+' | '-')) = self.rest().chars().next() {
                self.at += 1;
                number.push(sign);
            }
            let exponent = self.take_while(|c| c.is_ascii_digit());
            if exponent.is_empty() {
                return Err(ExpressionError::syntax(at, "the number has no exponent after `e`"));
            }
            if exponent.parse::<u32>().map_or(true, |exponent| exponent > MAX_EXPONENT) {
                let message = "the number is further from 1 than PostgreSQL's numbers go";
                return Err(ExpressionError::new("invalid_constant", at, message));
            }
            number.push_str(&exponent);
        }
        if self.rest().starts_with(|c: char| c.is_alphanumeric() || c == '_') {
            return Err(ExpressionError::syntax(at, "letters follow a number without a space"));
        }
        Ok(TokenKind::Number(number))
    }

    /// PostgreSQL's rule: the longest run, which ends before a comment and does not end in `+` or
    /// `-` unless it holds one of the rarer signs.
    fn operator(&mut self) -> Result<TokenKind, ExpressionError> {
        let at = self.at;
        let run: String = self.rest().chars().take_while(|c| OPERATOR_CHARS.contains(*c)).collect();
        if run.contains("--") || run.contains("/*") {
            return Err(ExpressionError::refused(at, "comments are not taken in expressions"));
        }
        let mut operator = run.as_str();
        while operator.len() > 1
            && operator.ends_with(['+', '-'])
            && !operator.contains(['~', '!', '@', '#', '%', '^', '&', '|', '?'])
        {
            operator = &operator[..operator.len() - 1];
        }
        self.at += operator.len();
        Ok(TokenKind::Operator(operator.to_owned()))
    }
}
