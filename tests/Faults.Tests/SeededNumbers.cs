namespace ServiceDesk.Faults.Tests;

/// <summary>Numbers that look random and are the same for the same seed (SplitMix64), so that a failure can be told by its seed.</summary>
public sealed class SeededNumbers(ulong seed)
{
    private ulong state = seed;

    /// <summary>A number from 0 to just below <paramref name="limit"/>.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>A number from <paramref name="least"/> to just below <paramref name="limit"/>.</summary>
    public int Between(int least, int limit) => least + Below(limit - least);

    /// <summary>Other numbers, for somebody who draws at the same time.</summary>
    public SeededNumbers Fork() => new(Next());

    private ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
