using ServiceDesk.Host.Plugins;
using ServiceDesk.Host.Plugins.Loading;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Reactions.Rules;

/// <summary>Asks plugins whom their words mean on a ticket. One that throws or hangs means nobody and is counted; only a database that is out of reach ends the rule, which is tried again.</summary>
public sealed class PluginRecipients(PluginCatalog plugins, IServiceScopeFactory scopes, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>The people behind each word; words of plugins that are not there or switched off are left out.</summary>
    /// <exception cref="StorageUnavailableException">A plugin could not read the database.</exception>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<PersonId>>> FindAsync(
        IReadOnlyCollection<string> words,
        TicketState ticket,
        CancellationToken cancellation
    )
    {
        var found = new Dictionary<string, IReadOnlyList<PersonId>>(StringComparer.Ordinal);
        foreach (var recipient in plugins.Recipients.Where(one => words.Contains(one.Definition.Id)))
        {
            if (plugins.IsActive(recipient.Plugin))
            {
                found[recipient.Definition.Id] = await AskAsync(recipient, ticket, cancellation);
            }
        }

        return found;
    }

    private async Task<IReadOnlyList<PersonId>> AskAsync(
        RecipientRegistration recipient,
        TicketState ticket,
        CancellationToken cancellation
    )
    {
        var health = plugins.Find(recipient.Plugin)!.Health;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var source = (IRecipientSource)scope.ServiceProvider.GetRequiredService(recipient.Source);
            var asked = source.FindAsync(ticket, cancellation).AsTask();
            var people = await asked.WaitAsync(Limit, time, cancellation);
            health.Succeeded(recipient.Handler);
            return [.. people];
        }
        catch (Exception problem) when (problem is not (StorageUnavailableException or OperationCanceledException))
        {
            health.Count(recipient.Handler, problem);
            return [];
        }
    }
}
