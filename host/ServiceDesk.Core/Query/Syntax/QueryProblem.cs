using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Syntax;

/// <summary>Makes the exception that carries a mistake out of the parser or binder.</summary>
internal static class QueryProblem
{
    private const int LongestQuotation = 60;

    public static QueryException At(string code, QuerySpan span, params ReadOnlySpan<string> arguments)
    {
        var shown = new string[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            shown[i] =
                arguments[i].Length <= LongestQuotation
                    ? arguments[i]
                    : Folding.Cut(arguments[i], 0, LongestQuotation) + "…";
        }

        return new QueryException(new QueryError(code, ValueList.Create<string>(shown), span.Start, span.Length));
    }
}
