using NodaTime;
using ServiceDesk.Crm.Tickets;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Upkeep;

/// <summary>What the demo's contracts promise: an SLA policy for the plan gold that is twice as fast, and products on forms and tickets.</summary>
public sealed class DemoPromises(
    IConfigurationReader configuration,
    IConfigurationWriter writer,
    ProductOffering offering,
    IPeople people,
    ITicketGrains grains,
    ITicketQueries queries
)
{
    /// <summary>The id of the policy.</summary>
    internal const string Gold = "gold";

    private static readonly Duration Quarter = Duration.FromMinutes(15);

    /// <summary>Writes the policy, before contracts promise it.</summary>
    public async Task WritePolicyAsync(CancellationToken cancellation)
    {
        if (configuration.Current.TryGet<SlaPolicyDocument>("incident", out var usual))
        {
            var gold = usual with
            {
                Id = Gold,
                Name = LocalizedText.Of("Gold incidents", "골드 장애"),
                Order = 10,
                Query = "plan = \"gold\" AND type = incident",
                Metrics = usual.Metrics.Select(Twice).ToValueList(),
            };
            await SaveAsync(gold, cancellation);
        }
    }

    /// <summary>Offers the products in the field of tickets and asks for it where customers report that the network is down.</summary>
    public async Task OfferProductsAsync(CancellationToken cancellation)
    {
        Require(await offering.OfferAsync(await AuthorAsync(cancellation), cancellation));
        var current = configuration.Current;
        if (
            current.TryGet<RequestTypeDocument>("itsd-network", out var network)
            && network.Form.All(place => place.Field != current.ProductField())
        )
        {
            var place = new FormField(current.ProductField());
            await SaveAsync(network with { Form = [.. network.Form, place] }, cancellation);
        }
    }

    /// <summary>Says of some open tickets which product they are about: the contract promises more for it.</summary>
    public async Task TellAsync(DemoCast cast, CancellationToken cancellation)
    {
        const string query = "account = daon AND type = incident AND category != done ORDER BY created DESC";
        var page = await queries.FindAsync(cast.Agent, query, 3, null, cancellation);
        var fields = ValueMap<FieldValue?>.Empty.SetItem(
            configuration.Current.ProductField(),
            new ChoiceValue("network-care")
        );
        foreach (var ticket in page.Items.Where(item => cast.Agent.WorksOn(item.State.Desk)))
        {
            var envelope = CommandEnvelope.By(cast.Agent, new EditTicket(Fields: fields));
            Require((await grains.SendAsync(ticket.State.Id, envelope, cancellation)).Refusals);
        }
    }

    private static SlaMetric Twice(SlaMetric metric) =>
        metric with
        {
            Goals = metric.Goals.Select(goal => goal with { Target = Half(goal.Target) }).ToValueList(),
        };

    // To the quarter of an hour, as people promise it.
    private static Duration Half(Duration target) =>
        Duration.Max(Quarter, Duration.FromMinutes(Math.Round(target.TotalMinutes / 2 / 15) * 15));

    private async Task SaveAsync(ConfigurationDocument document, CancellationToken cancellation) =>
        Require(await writer.SaveAsync(await AuthorAsync(cancellation), document, null, cancellation));

    private async Task<Viewer> AuthorAsync(CancellationToken cancellation)
    {
        var admin = await people.FindByEmailAsync("admin@example.com", cancellation);
        return new Viewer(
            admin ?? throw new InvalidOperationException("The demo has no administrator."),
            [Permissions.Configure],
            [],
            [],
            [],
            []
        );
    }

    private static void Require(ValueList<Refusal> refusals)
    {
        if (refusals.Count > 0)
        {
            throw new InvalidOperationException($"The demo was refused: {refusals}");
        }
    }
}
