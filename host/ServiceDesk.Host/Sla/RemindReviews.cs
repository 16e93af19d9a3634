using NodaTime;
using NodaTime.Text;
using ServiceDesk.Core.Sla;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Texts;
using ServiceDesk.Host.Upkeep;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Sla;

/// <summary>
/// Tells that an agreement is to be looked through: its owner, or where none is named or the owner is no longer there, everybody
/// who may configure. Once for each day that a review is set to.
/// </summary>
public sealed class RemindReviews(
    ICurrentConfiguration configuration,
    IPeopleStore people,
    IPeople directory,
    INotifications notifications,
    TextCatalogue texts,
    IClock clock
) : IUpkeepTask
{
    private const int MostReaders = 200;

    /// <inheritdoc/>
    public string Name => "reminders of reviews";

    /// <inheritdoc/>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var (snapshot, today) = (configuration.Snapshot, clock.GetCurrentInstant().InUtc().Date);
        var count = 0;
        foreach (var policy in SlaPolicies.InOrder(snapshot).Where(policy => policy.Review?.IsDue(today) == true))
        {
            var day = LocalDatePattern.Iso.Format(policy.Review!.On);
            var notification = new Notification(
                $"sla:review:{policy.Id}:{day}",
                texts.Say("sla.review-reminder", language => [policy.Name.In(language), day]),
                Ticket: null,
                Visibility.Internal
            );
            count += await notifications.SendAsync(
                notification,
                await ReadersAsync(policy.Review, snapshot, cancellation),
                cancellation
            );
        }

        return count;
    }

    private async Task<IReadOnlyCollection<PersonId>> ReadersAsync(
        SlaReview review,
        IConfiguration snapshot,
        CancellationToken cancellation
    )
    {
        if (
            review.Owner is { } address
            && await directory.FindByEmailAsync(address, cancellation) is { IsActive: true } owner
        )
        {
            return [owner.Id];
        }

        var roles = snapshot
            .All<RoleDocument>()
            .Where(role => role.Permissions.Contains(Permissions.Configure))
            .Select(role => role.Id)
            .ToValueList();
        var page = await people.ListAsync(new PeopleFilter { Roles = roles }, MostReaders, null, cancellation);
        return roles.Count == 0 ? [] : [.. page.Items.Select(person => person.Id)];
    }
}
