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

    /// <summary>Behind <c>WAS</c>.</summary>
    Was,

    /// <summary>A word such as <c>AFTER</c>, or the next condition.</summary>
    Clause,

    /// <summary>Behind <c>FROM</c> and <c>TO</c>.</summary>
    ClauseValue,

    /// <summary>Behind <c>BY</c>.</summary>
    Person,

    /// <summary>Behind <c>BEFORE</c>, <c>AFTER</c> and <c>ON</c>.</summary>
    Moment,
    SpanOpening,
    SpanStart,
    SpanComma,
    SpanEnd,
    SpanClosing,

    /// <summary>In the parentheses of a function that stands for values.</summary>
    Argument,
    SortKey,
    SortGoesOn,
    Nothing,
}

/// <summary>The place in an unfinished query at which somebody writes: found by walking its tokens, never wrong, at worst unhelpful.</summary>
internal sealed record CompletionPlace(Expected Expected, SubjectSyntax? Subject, string Prefix, int Start)
{
    /// <summary>At <see cref="Expected.Clause"/>, whether a change is spoken of.</summary>
    public bool IsChange { get; private init; }

    /// <summary>At <see cref="Expected.Argument"/>, the function.</summary>
    public string? Function { get; private init; }

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

        var walk = new Walk();
        tokens.ForEach(walk.Take);
        return new CompletionPlace(
            walk.Expected,
            walk.Subject,
            typed?.Text ?? string.Empty,
            typed?.Span.Start ?? written.Length
        )
        {
            IsChange = walk.IsChange,
            Function = walk.Function,
        };
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

    /// <summary>What the tokens so far lead to.</summary>
    private sealed class Walk
    {
        private QueryToken? before;
        private Expected behind;
        private bool isHistory;

        public Expected Expected { get; private set; } = Expected.Subject;

        public SubjectSyntax? Subject { get; private set; }

        public bool IsChange { get; private set; }

        public string? Function { get; private set; }

        public void Take(QueryToken token)
        {
            if (Function is not null)
            {
                // Back to what comes behind the value that the function stands for.
                (Function, Expected) = token.Kind == TokenKind.Close ? (null, behind) : (Function, Expected);
            }
            else if (token.Kind == TokenKind.Open && IsValueEnd() && before is { Kind: TokenKind.Word } name)
            {
                (Function, behind, Expected) = (name.Text, Expected, Expected.Argument);
            }
            else
            {
                Expected = After(token);
            }

            before = token;
        }

        private bool IsValueEnd() =>
            Expected
                is Expected.Conjunction
                    or Expected.ListGoesOn
                    or Expected.Clause
                    or Expected.SpanComma
                    or Expected.SpanClosing;

        private Expected After(QueryToken token)
        {
            if (token.IsKeyword("BY") && before?.IsKeyword("ORDER") == true)
            {
                return Expected.SortKey;
            }

            switch (Expected)
            {
                case Expected.Subject when token.Kind is TokenKind.Word or TokenKind.Quoted && !token.IsKeyword("NOT"):
                    Subject = new SubjectSyntax(token.Text, null, token.Span);
                    (isHistory, IsChange) = (false, false);
                    return token.IsKeyword("ORDER") ? Expected.Nothing : Expected.Operator;
                case Expected.Operator when token.Kind == TokenKind.Open:
                    return Expected.Metric;
                case Expected.Metric when token.Kind == TokenKind.Close:
                    return Expected.Operator;
                case Expected.Metric:
                    Subject = Subject! with { Argument = new ValueSyntax(token.Text, true, null, token.Span) };
                    return Expected.Metric;
                case Expected.Operator when Subject is { Argument: not null } && EndsCondition(token):
                    return Behind(Expected.Conjunction, token);
                case Expected.Operator when token.IsKeyword("WAS"):
                    isHistory = true;
                    return Expected.Was;
                case Expected.Operator when token.IsKeyword("CHANGED"):
                    (isHistory, IsChange) = (true, true);
                    return Expected.Clause;
                case Expected.Clause:
                    return Clause(token);
                default:
                    var next = Behind(Expected, token);
                    return next == Expected.Conjunction && isHistory ? Expected.Clause : next;
            }
        }
    }

    // Behind a condition of a plugin no operator comes.
    private static bool EndsCondition(QueryToken token) =>
        token.Kind == TokenKind.Close || token.IsKeyword("AND") || token.IsKeyword("OR") || token.IsKeyword("ORDER");

    private static Expected Clause(QueryToken token) =>
        token.IsKeyword("FROM") || token.IsKeyword("TO") ? Expected.ClauseValue
        : token.IsKeyword("BY") ? Expected.Person
        : token.IsKeyword("BEFORE") || token.IsKeyword("AFTER") || token.IsKeyword("ON") ? Expected.Moment
        : token.IsKeyword("DURING") ? Expected.SpanOpening
        : Behind(Expected.Conjunction, token) is var next && next == Expected.Conjunction ? Expected.Clause
        : next;

    private static Expected Behind(Expected expected, QueryToken token) =>
        (expected, token) switch
        {
            (Expected.Subject, _) => Expected.Subject,
            (Expected.Operator, { Kind: TokenKind.Operator }) => Expected.Value,
            (Expected.Operator or Expected.Was, _) when token.IsKeyword("IN") => Expected.ListOpening,
            (Expected.Operator, _) when token.IsKeyword("IS") => Expected.Emptiness,
            (Expected.Operator, _) when token.IsKeyword("DURING") => Expected.SpanOpening,
            (Expected.Operator or Expected.Emptiness or Expected.Was, _) when token.IsKeyword("NOT") => expected,
            (Expected.Emptiness, _) => Expected.Conjunction,
            (Expected.ClauseValue, { Kind: TokenKind.Open }) => Expected.ListValue,
            (
                Expected.Value
                    or Expected.Was
                    or Expected.ClauseValue
                    or Expected.Person
                    or Expected.Moment,
                { Kind: TokenKind.Word or TokenKind.Quoted }
            ) => Expected.Conjunction,
            (Expected.SpanOpening, { Kind: TokenKind.Open }) => Expected.SpanStart,
            (Expected.SpanStart, { Kind: TokenKind.Word or TokenKind.Quoted }) => Expected.SpanComma,
            (Expected.SpanComma, { Kind: TokenKind.Comma }) => Expected.SpanEnd,
            (Expected.SpanEnd, { Kind: TokenKind.Word or TokenKind.Quoted }) => Expected.SpanClosing,
            (Expected.SpanClosing, { Kind: TokenKind.Close }) => Expected.Conjunction,
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
