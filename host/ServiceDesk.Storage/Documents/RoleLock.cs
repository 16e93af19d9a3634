using Microsoft.EntityFrameworkCore;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Storage.Documents;

/// <summary>
/// Holds giving a role to somebody and removing it against each other: both take the lock of the configuration's head first, so
/// that the second sees what the first did.
/// </summary>
internal static class RoleLock
{
    /// <summary>Whether somebody may get the role: it was not removed. Nobody removes it before the transaction ends.</summary>
    /// <remarks>One that never was a document is nobody's to remove.</remarks>
    public static async Task<bool> StandsAsync(ServiceDeskDb db, string role, CancellationToken cancellation)
    {
        if (ConfigurationReview.NeededRoles.Contains(role))
        {
            return true;
        }

        await db.ConfigurationHead.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Revision, row => row.Revision),
            cancellation
        );
        return !await db.Documents.AnyAsync(
            row => row.Kind == DocumentKinds.Role && row.Id == role && row.Json == null,
            cancellation
        );
    }

    /// <summary>Whether somebody has, or is invited to, a role that goes. The caller has the lock.</summary>
    public static async Task<bool> IsHeldAsync(
        ServiceDeskDb db,
        IEnumerable<DocumentChange> changes,
        CancellationToken cancellation
    )
    {
        var gone = changes
            .Where(change => change.Kind == DocumentKinds.Role && change.Json is null)
            .Select(change => change.Id)
            .ToList();
        return gone.Count > 0
            && (
                await db.People.AnyAsync(person => gone.Contains(person.Role), cancellation)
                || await db.Invitations.AnyAsync(
                    invitation => invitation.TokenHash != null && gone.Contains(invitation.Role),
                    cancellation
                )
            );
    }
}
