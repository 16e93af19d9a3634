using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Queries;

namespace ServiceDesk.Core.Query.Completion;

/// <summary>What may stand at the place where somebody writes.</summary>
internal enum Expected
{
    Subject,
    Metric,
    Operator,
    Value,
    Emptiness,
    ListOpening,
    ListValue,
    ListGoesOn,
    Conjunction,
    SortKey,
    SortGoesOn,
    Nothing,
}

/// <summary>The place in an unfinished query at which somebody writes: found by walking its tokens, never wrong, at worst unhelpful.</summary>
internal sealed record CompletionPlace(Expected Expected, SubjectSyntax? Subject, string Prefix, int Start)
{
    /// <summary>The place at <paramref name="caret"/>. What stands behind it does not matter.</summary>
    public static CompletionPlace Find(string text, int caret)
    {
        var written = text[..Math.Clamp(caret, 0, Math.Min(text.Length, QueryText.MaxLength))];
        var (tokens, open) = Cut(written);
        var last = tokens.Count > 0 ? tokens[^1] : null;
        var isTyping = open is not null || (last?.Kind == TokenKind.Word && last.Span.End == written.Length);
        var typed = open ?? (isTyping ? last : null);
        if (isTyping && open is null)
        {
            tokens.RemoveAt(tokens.Count - 1);
        }

        var (expected, subject) = Walk(tokens);
        return new CompletionPlace(expected, subject, typed?.Text ?? string.Empty, typed?.Span.Start ?? written.Length);
    }

    /// <summary>The whole tokens, and the quoted text that is not closed yet.</summary>
    private static (List<QueryToken> Tokens, QueryToken? Open) Cut(string written)
    {
        try
        {
            return ([.. QueryLexer.Cut(written).SkipLast(1)], null);
        }
        catch (QueryException error) when (error.Error.Code == "query.unterminated-quote")
        {
            var start = error.Error.Start;
            var open = new QueryToken(
                TokenKind.Quoted,
                written[(start + 1)..],
                new QuerySpan(start, written.Length - start)
            );
            return ([.. QueryLexer.Cut(written[..start]).SkipLast(1)], open);
        }
        catch (QueryException)
        {
            return ([], null);
        }
    }

    private static (Expected, SubjectSyntax?) Walk(List<QueryToken> tokens)
    {
        var expected = Expected.Subject;
        SubjectSyntax? subject = null;
        for (var at = 0; at < tokens.Count; at++)
        {
            var token = tokens[at];
            if (token.IsKeyword("BY") && at > 0 && tokens[at - 1].IsKeyword("ORDER"))
            {
                expected = Expected.SortKey;
            }
            else if (
                expected == Expected.Subject
                && token.Kind is TokenKind.Word or TokenKind.Quoted
                && !token.IsKeyword("NOT")
            )
            {
                subject = new SubjectSyntax(token.Text, null, token.Span);
                expected = token.IsKeyword("ORDER") ? Expected.Nothing : Expected.Operator;
            }
            else if (expected == Expected.Operator && token.Kind == TokenKind.Open)
            {
                expected = Expected.Metric;
            }
            else if (expected == Expected.Metric)
            {
                subject =
                    token.Kind == TokenKind.Close
                        ? subject
                        : subject! with
                        {
                            Argument = new ValueSyntax(token.Text, true, null, token.Span),
                        };
                expected = token.Kind == TokenKind.Close ? Expected.Operator : Expected.Metric;
            }
            else if (expected == Expected.Operator && subject is { Argument: not null } && EndsCondition(token))
            {
                expected = Next(Expected.Conjunction, token);
            }
            else
            {
                expected = Next(expected, token);
            }
        }

        return (expected, subject);
    }

    // Behind a condition of a plugin no operator comes.
    private static bool EndsCondition(QueryToken token) =>
        token.Kind == TokenKind.Close || token.IsKeyword("AND") || token.IsKeyword("OR") || token.IsKeyword("ORDER");

    private static Expected Next(Expected expected, QueryToken token) =>
        (expected, token) switch
        {
            (Expected.Subject, _) => Expected.Subject,
            (Expected.Operator, { Kind: TokenKind.Operator }) => Expected.Value,
            (Expected.Operator, _) when token.IsKeyword("IN") => Expected.ListOpening,
            (Expected.Operator, _) when token.IsKeyword("IS") => Expected.Emptiness,
            (Expected.Operator or Expected.Emptiness, _) when token.IsKeyword("NOT") => expected,
            (Expected.Emptiness, _) => Expected.Conjunction,
            (Expected.Value, { Kind: TokenKind.Word or TokenKind.Quoted }) => Expected.Conjunction,
            (Expected.ListOpening, { Kind: TokenKind.Open }) => Expected.ListValue,
            (Expected.ListValue, { Kind: TokenKind.Word or TokenKind.Quoted }) => Expected.ListGoesOn,
            (Expected.ListGoesOn, { Kind: TokenKind.Comma }) => Expected.ListValue,
            (Expected.ListGoesOn, { Kind: TokenKind.Close }) => Expected.Conjunction,
            (Expected.Conjunction, _) when token.IsKeyword("AND") || token.IsKeyword("OR") => Expected.Subject,
            (Expected.Conjunction, { Kind: TokenKind.Open or TokenKind.Close }) => Expected.Conjunction,
            (Expected.SortKey, { Kind: TokenKind.Word or TokenKind.Quoted }) => Expected.SortGoesOn,
            (Expected.SortGoesOn, { Kind: TokenKind.Comma }) => Expected.SortKey,
            (Expected.SortGoesOn, { Kind: TokenKind.Word }) => Expected.SortGoesOn,
            _ => Expected.Nothing,
        };
}
