using System.Text;
using ServiceDesk.Sdk.Queries;

namespace ServiceDesk.Core.Query.Syntax;

/// <summary>
/// Cuts a query's text into tokens. A bare word runs up to white space or one of <c>( ) , = ! &lt; &gt; ~ " '</c>, so keys,
/// dates, addresses and Korean words need no quotes. In quotes a backslash before a quote or backslash escapes it.
/// </summary>
internal static class QueryLexer
{
    private const string Delimiters = "(),=!<>~\"'";

    /// <summary>Whether a bare word ends before the character.</summary>
    public static bool IsDelimiter(char character) => Delimiters.Contains(character, StringComparison.Ordinal);

    /// <exception cref="QueryException">A quote is not closed, or a character has no meaning.</exception>
    public static List<QueryToken> Cut(string text)
    {
        var tokens = new List<QueryToken>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at == text.Length)
            {
                tokens.Add(new QueryToken(TokenKind.End, string.Empty, new QuerySpan(at, 0)));
                return tokens;
            }

            var token = Next(text, at);
            tokens.Add(token);
            at = token.Span.End;
        }
    }

    private static QueryToken Next(string text, int at) =>
        text[at] switch
        {
            '(' => Single(TokenKind.Open, text, at),
            ')' => Single(TokenKind.Close, text, at),
            ',' => Single(TokenKind.Comma, text, at),
            '"' or '\'' => Quoted(text, at),
            '=' or '!' or '<' or '>' or '~' => Operator(text, at),
            _ => Word(text, at),
        };

    private static QueryToken Single(TokenKind kind, string text, int at) =>
        new(kind, text[at].ToString(), new QuerySpan(at, 1));

    private static QueryToken Operator(string text, int at)
    {
        var two = at + 1 < text.Length ? text.Substring(at, 2) : string.Empty;
        if (two is "!=" or "!~" or "<=" or ">=")
        {
            return new QueryToken(TokenKind.Operator, two, new QuerySpan(at, 2));
        }

        return text[at] == '!'
            ? throw QueryProblem.At("query.unexpected", new QuerySpan(at, 1), "!")
            : Single(TokenKind.Operator, text, at);
    }

    private static QueryToken Word(string text, int at)
    {
        var end = at;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && !IsDelimiter(text[end]))
        {
            end++;
        }

        return new QueryToken(TokenKind.Word, text[at..end], new QuerySpan(at, end - at));
    }

    private static QueryToken Quoted(string text, int at)
    {
        var quote = text[at];
        var content = new StringBuilder();
        for (var i = at + 1; i < text.Length; i++)
        {
            if (text[i] == quote)
            {
                return new QueryToken(TokenKind.Quoted, content.ToString(), new QuerySpan(at, i + 1 - at));
            }

            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '"' or '\'' or '\\')
            {
                i++;
            }

            content.Append(text[i]);
        }

        throw QueryProblem.At("query.unterminated-quote", new QuerySpan(at, text.Length - at), quote.ToString());
    }
}
