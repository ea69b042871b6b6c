namespace Pipeline.Numerics;

/// <summary>Lanes that lie side by side in memory.</summary>
internal interface IRegister<T> : IFloats<T>
    where T : struct, IRegister<T>
{
    /// <summary>The number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>The lanes from the <paramref name="at"/>-th number behind <paramref name="start"/> on.</summary>
    static abstract T Load(ref float start, nuint at);

    /// <summary>The reverse of <see cref="Load"/>.</summary>
    void Store(ref float start, nuint at);
}
