namespace ServiceDesk.Core.Query.Syntax;

internal enum TokenKind
{
    Word = 1,
    Quoted = 2,
    Operator = 3,
    Open = 4,
    Close = 5,
    Comma = 6,
    End = 7,
}

/// <summary>A piece of a query's text. For quoted text <see cref="Text"/> is what stands between the quotes.</summary>
internal sealed record QueryToken(TokenKind Kind, string Text, QuerySpan Span)
{
    public bool IsKeyword(string word) =>
        Kind == TokenKind.Word && string.Equals(Text, word, StringComparison.OrdinalIgnoreCase);
}
