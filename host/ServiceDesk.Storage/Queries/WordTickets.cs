using Microsoft.EntityFrameworkCore;
using ServiceDesk.Core.Query;
using ServiceDesk.Storage.Connections;

namespace ServiceDesk.Storage.Queries;

/// <inheritdoc cref="IWordTickets"/>
public sealed class WordTickets(IDatabase database) : IWordTickets
{
    /// <inheritdoc/>
    public async Task<int> CountAsync(
        string function,
        IReadOnlyCollection<string> words,
        CancellationToken cancellation
    )
    {
        var field = SearchableFields.FunctionKey(function);
        var kept = words.Select(word => Folding.Fold(word, SearchableFields.PieceLength)).ToList();
        await using var db = database.CreateDbContext();
        return await Reading.AvailableAsync(() =>
            db
                .TicketFields.Where(row => row.Field == field && kept.Contains(row.Text!))
                .Select(row => row.TicketId)
                .Distinct()
                .CountAsync(cancellation)
        );
    }
}
