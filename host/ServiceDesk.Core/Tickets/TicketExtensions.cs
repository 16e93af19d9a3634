using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tickets;

/// <summary>What plugins add to the model of a ticket, erased to untyped delegates. Immutable after start.</summary>
public sealed class TicketExtensions
{
    /// <summary>Facets by id.</summary>
    public required IReadOnlyDictionary<string, FacetModel> Facets { get; init; }

    /// <summary>Stored event names (with version) to types, plugins' and the product's own.</summary>
    public required IReadOnlyDictionary<string, Type> Events { get; init; }

    /// <summary>Deciders of plugins' commands by command type.</summary>
    public required IReadOnlyDictionary<
        Type,
        Func<TicketState, TicketCommand, DecisionContext, Decision>
    > Deciders { get; init; }

    /// <summary>Policies, in load order.</summary>
    public required IReadOnlyList<ITicketPolicy> Policies { get; init; }

    /// <summary>Names for the query language.</summary>
    public required IReadOnlyList<QueryFieldDefinition> QueryFields { get; init; }

    /// <summary>Conditions for the query language.</summary>
    public IReadOnlyList<QueryFunctionDefinition> QueryFunctions { get; init; } = [];

    /// <summary>Told when code of a plugin threw in the middle of a step; the step goes on without it. The first argument says what it was doing.</summary>
    public Action<string, Exception> Faulted { get; init; } = (_, _) => { };

    /// <summary>The product without plugins.</summary>
    public static TicketExtensions None { get; } =
        new()
        {
            Facets = new Dictionary<string, FacetModel>(StringComparer.Ordinal),
            Events = new Dictionary<string, Type>(StringComparer.Ordinal),
            Deciders = new Dictionary<Type, Func<TicketState, TicketCommand, DecisionContext, Decision>>(),
            Policies = [],
            QueryFields = [],
        };

    /// <summary>Runs code of a plugin; what it throws is told to <see cref="Faulted"/>, and <paramref name="instead"/> stands for its answer.</summary>
    internal T Guard<T>(string doing, Func<T> code, T instead)
    {
        try
        {
            return code();
        }
        catch (Exception exception)
        {
            Faulted(doing, exception);
            return instead;
        }
    }
}

/// <summary>A plugin's facet without its type parameter.</summary>
public sealed record FacetModel(
    string Id,
    Type StateType,
    Func<object?, RecordedEvent, TicketState?, object?> Evolve,
    Func<TicketState, object, IEnumerable<DerivedTimer>> Timers,
    Func<TicketState, object, DerivedTimer, IEnumerable<TicketEvent>> OnTimer
)
{
    /// <summary>Erases the type of a facet.</summary>
    public static FacetModel Of<TFacet>(Facet<TFacet> facet)
        where TFacet : class =>
        new(
            facet.Id,
            typeof(TFacet),
            (current, @event, ticket) => facet.Evolve(current as TFacet, @event, ticket),
            (ticket, state) => state is TFacet typed ? facet.Timers(ticket, typed) : [],
            (ticket, state, timer) => state is TFacet typed ? facet.OnTimer(ticket, typed, timer) : []
        );
}
