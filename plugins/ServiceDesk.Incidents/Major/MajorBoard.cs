using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Incidents.Major;

/// <summary>What a customer is told of a major incident: the notice alone, for the ticket may be another company's.</summary>
/// <param name="Desk">The desk's key.</param>
/// <param name="Since">When it was declared.</param>
/// <param name="Notice">The words that an agent wrote for customers.</param>
public sealed record PublicNotice(string Desk, Instant Since, string Notice);

/// <summary>The major incidents that are open now.</summary>
public sealed class MajorBoard(ITicketQueries queries)
{
    private const string OpenMajors = "major = true AND category != done ORDER BY created DESC";
    private const int Most = 20;

    /// <summary>Those that an agent sees, newest first, at most 20.</summary>
    public async Task<IReadOnlyList<TicketSnapshot>> ForAgentAsync(
        Viewer viewer,
        CancellationToken cancellation = default
    ) => (await queries.FindAsync(viewer, OpenMajors, Most, cursor: null, cancellation)).Items;

    /// <summary>The notices of the desks on which the viewer may ask, newest first, at most 20. Nothing else of the tickets leaves this method.</summary>
    public async Task<IReadOnlyList<PublicNotice>> NoticesForAsync(
        Viewer viewer,
        CancellationToken cancellation = default
    )
    {
        if (viewer.AskableDesks.Count == 0)
        {
            return [];
        }

        // Looks as somebody who works on just these desks: notices are for every customer of a desk, whoever's the ticket is.
        var reader = new Viewer(viewer.Person, [Permissions.WorkTickets], viewer.AskableDesks, [], [], []);
        var page = await queries.FindAsync(reader, OpenMajors, Most, cursor: null, cancellation);
        return
        [
            .. page
                .Items.Select(item => item.State)
                .Where(ticket => ticket.Major() is { Notice.Length: > 0 })
                .Select(ticket => new PublicNotice(ticket.Desk, ticket.Major()!.DeclaredAt, ticket.Major()!.Notice)),
        ];
    }
}

/// <summary>Registers what pages and routes need.</summary>
internal static class MajorServices
{
    public static IServiceCollection AddMajorIncidents(this IServiceCollection services) =>
        services.AddScoped<MajorBoard>();
}
