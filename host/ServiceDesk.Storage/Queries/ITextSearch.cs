using Microsoft.EntityFrameworkCore;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Queries;

/// <summary>The full-text question of a dialect.</summary>
public interface ITextSearch
{
    /// <summary>
    /// The rows of texts in which a term stands anywhere, also inside a word. Exact: the same rows as an ordinal comparison
    /// of the folded text would find, whatever the term's script or length, also one or two characters. Composable with
    /// further conditions; answered from an index.
    /// </summary>
    /// <param name="db">The context whose connection is asked.</param>
    /// <param name="term">A folded term of 1 to 200 characters; every character stands for itself.</param>
    IQueryable<TicketTextRow> Containing(DbContext db, string term);
}
