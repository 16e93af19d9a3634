namespace ServiceDesk.Core.Tests.Sla.Accounts;

/// <summary>Numbers that are the same in each run: splitmix64 from a seed.</summary>
public sealed class Dice(ulong seed)
{
    private ulong state = seed;

    /// <summary>A number from 0 to below <paramref name="most"/>.</summary>
    public int Next(int most) => Next(0, most);

    /// <summary>A number from <paramref name="least"/> to below <paramref name="most"/>.</summary>
    public int Next(int least, int most)
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return least + (int)((mixed ^ (mixed >> 31)) % (ulong)(most - least));
    }
}
