using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Host.Access;

/// <summary>Where Identity reads and writes people: only what signing in changes is written, so that it never undoes an administrator's change of the same moment.</summary>
public sealed class PersonStore(ServiceDeskDb db, IdentityErrorDescriber describer)
    : UserOnlyStore<
        PersonRow,
        ServiceDeskDb,
        long,
        IdentityUserClaim<long>,
        IdentityUserLogin<long>,
        IdentityUserToken<long>
    >(db, describer)
{
    public override async Task<IdentityResult> UpdateAsync(
        PersonRow user,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            await Context.SaveChangesAsync(cancellationToken);
            return IdentityResult.Success;
        }
        catch (DbUpdateConcurrencyException)
        {
            return IdentityResult.Failed(ErrorDescriber.ConcurrencyFailure());
        }
    }
}
