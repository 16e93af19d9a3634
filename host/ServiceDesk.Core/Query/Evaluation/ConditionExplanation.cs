using System.Globalization;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Evaluation;

/// <summary>Says of each part of a condition whether it holds, also of those that the answer does not need. Pure; the whole is what <see cref="QueryEvaluator"/> says.</summary>
internal sealed class ConditionExplanation(QueryCatalog catalog)
{
    private const int MostValues = 10;
    private const int LongestValue = 120;

    /// <summary>A function that explains a condition; made once, called often.</summary>
    /// <param name="syntax">The condition as written.</param>
    /// <param name="predicate">What it was bound to, for one who sees everything: its shape is then that of the text.</param>
    public Func<QuerySubject, QueryContext, ConditionTruth> Compile(ConditionSyntax syntax, Predicate predicate) =>
        (syntax, predicate) switch
        {
            (AndSyntax and, AllOf all) => Together(ConditionPart.All, and.Span, Parts(and.Parts, all.Parts)),
            (OrSyntax or, AnyOf any) => Together(ConditionPart.Any, or.Span, Parts(or.Parts, any.Parts)),
            (NotSyntax not, Negation negation) => Together(
                ConditionPart.Not,
                not.Span,
                [Compile(not.Part, negation.Part)]
            ),
            (ComparisonSyntax comparison, _) => Leaf(comparison, predicate),
            (FunctionSyntax function, _) => Leaf(function, predicate),
            _ => throw new InvalidOperationException($"{predicate.GetType().Name} is no {syntax.GetType().Name}."),
        };

    private Func<QuerySubject, QueryContext, ConditionTruth>[] Parts(
        ValueList<ConditionSyntax> syntax,
        ValueList<Predicate> predicates
    ) => [.. syntax.Zip(predicates, Compile)];

    private static Func<QuerySubject, QueryContext, ConditionTruth> Together(
        ConditionPart kind,
        QuerySpan span,
        Func<QuerySubject, QueryContext, ConditionTruth>[] parts
    ) =>
        (ticket, context) =>
        {
            var truths = parts.Select(part => part(ticket, context)).ToValueList();
            var holds = kind switch
            {
                ConditionPart.All => truths.All(truth => truth.Holds),
                ConditionPart.Any => truths.Any(truth => truth.Holds),
                _ => !truths[0].Holds,
            };
            return new ConditionTruth(kind, span.Start, span.Length, holds, null, [], truths);
        };

    private Func<QuerySubject, QueryContext, ConditionTruth> Leaf(ComparisonSyntax comparison, Predicate predicate)
    {
        var decide = QueryEvaluator.Compile(predicate);
        var field = SubjectBinder.Find(comparison.Subject, catalog);
        var metrics = field?.Kind == QueryValueKind.Clock ? catalog.FindMetrics(comparison.Subject.Argument!.Text) : [];
        var span = comparison.Span;
        return (ticket, context) =>
            new ConditionTruth(
                ConditionPart.Comparison,
                span.Start,
                span.Length,
                decide(ticket, context),
                field?.Name ?? comparison.Subject.Name,
                field is null ? [] : Actual(field, metrics, ticket).Take(MostValues).Select(Cut).ToValueList(),
                []
            );
    }

    // What a plugin keeps for its function is no word that people know; its truth alone is told.
    private static Func<QuerySubject, QueryContext, ConditionTruth> Leaf(FunctionSyntax function, Predicate predicate)
    {
        var decide = QueryEvaluator.Compile(predicate);
        var span = function.Span;
        return (ticket, context) =>
            new ConditionTruth(
                ConditionPart.Comparison,
                span.Start,
                span.Length,
                decide(ticket, context),
                function.Subject.Name,
                [],
                []
            );
    }

    private static IEnumerable<string> Actual(QueryField field, ValueList<string> metrics, QuerySubject ticket) =>
        (field.Kind, field.Slot) switch
        {
            (QueryValueKind.Clock, _) => ticket.CurrentClocks(metrics).Select(Clock),
            (_, TextSlot texts) => ticket.Texts(texts),
            (QueryValueKind.Named or QueryValueKind.Ranked, NumberSlot numbers) => ticket
                .Numbers(numbers)
                .Select(number =>
                    field.Choices.FirstOrDefault(choice => choice.Value.Equals(number))?.Id ?? Digits(number)
                ),
            (QueryValueKind.Flag, NumberSlot numbers) => [ticket.Numbers(numbers).Contains(1) ? "true" : "false"],
            (_, NumberSlot numbers) => ticket.Numbers(numbers).Select(Digits),
            (_, IdSlot ids) => ticket.Ids(ids).Select(id => id.ToString(CultureInfo.InvariantCulture)),
            (_, MomentSlot moments) => ticket.Moments(moments).Select(Moment),
            _ => ticket.TextsOf(field.Scope),
        };

    // Its state, and when it is due where it runs towards that.
    private static string Clock(SlaClock clock)
    {
        var state = clock.Verdict == ClockVerdict.Breached ? "breached" : clock.Status.ToString().ToLowerInvariant();
        return clock.DueAt is { } due ? $"{state} {InstantPattern.General.Format(due)}" : state;
    }

    private static string Digits(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Moment(long ticks) => InstantPattern.General.Format(Instant.FromUnixTimeTicks(ticks));

    private static string Cut(string value) =>
        value.Length <= LongestValue ? value : Folding.Cut(value, 0, LongestValue) + "…";
}
