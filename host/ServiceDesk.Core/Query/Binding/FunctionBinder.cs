using System.Globalization;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Binding;

/// <summary>Conditions that plugins bring: which words of a ticket a condition asks for.</summary>
internal sealed class FunctionBinder(QueryCatalog catalog, QueryScope scope, IQueryNames names)
{
    /// <summary>The condition that a subject names; null when it is none, or the person may not know it.</summary>
    public QueryFunctionDefinition? Find(SubjectSyntax subject) =>
        subject.Argument is null || scope.IsCustomer ? null : catalog.FindFunction(subject.Name);

    /// <summary>The predicate on tickets of which the viewer is an agent; null when it holds for none.</summary>
    public Predicate? Words(FunctionSyntax function)
    {
        var (subject, argument) = (function.Subject, function.Subject.Argument!);
        var found = Find(subject) ?? throw NoCondition(subject);
        if (argument.Arguments is not null)
        {
            throw QueryProblem.At("query.unknown-argument", argument.Span, argument.Text, found.Name);
        }

        var words = found.Argument == QueryArgumentKind.TicketKey ? Ticket(argument) : Text(argument, found);
        return new TextIn(
            new TextSlot(TextColumn.Field, SearchableFields.FunctionKey(found.Name)),
            words.Select(word => Folding.Fold(word)).Distinct(StringComparer.Ordinal).ToValueList()
        );
    }

    /// <summary>The key that a condition names, where it takes one.</summary>
    public static TicketKey? KeyOf(FunctionSyntax function, QueryCatalog catalog) =>
        catalog.FindFunction(function.Subject.Name) is { Argument: QueryArgumentKind.TicketKey }
        && TicketKey.TryParse(function.Subject.Argument!.Text, out var key)
            ? key
            : null;

    private ValueList<string> Ticket(ValueSyntax argument)
    {
        if (!TicketKey.TryParse(argument.Text, out var key))
        {
            throw QueryProblem.At("query.not-a-key", argument.Span, argument.Text);
        }

        return names.Ticket(key) is { } ticket
            ? [ticket.ToString(CultureInfo.InvariantCulture)]
            : throw QueryProblem.At("query.unknown-ticket", argument.Span, key.ToString());
    }

    private ValueList<string> Text(ValueSyntax argument, QueryFunctionDefinition function)
    {
        var words = function.Mean(catalog.Configuration, argument.Text.Trim());
        if (words.Count > 0)
        {
            return words;
        }

        var near = Folding.Nearest(argument.Text, function.Suggest(catalog.Configuration));
        throw near is null
            ? QueryProblem.At("query.unknown-argument", argument.Span, argument.Text, function.Name)
            : QueryProblem.At("query.unknown-argument-near", argument.Span, argument.Text, function.Name, near);
    }

    // A field or clock in parentheses without anything that compares it.
    private Exception NoCondition(SubjectSyntax subject)
    {
        var field = new SubjectBinder(catalog, scope).Field(subject);
        return QueryProblem.At("query.expected-operator", new QuerySpan(subject.Span.End, 0), field.Name);
    }
}
