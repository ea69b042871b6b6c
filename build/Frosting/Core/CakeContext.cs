using Cake.Core.Diagnostics;

namespace Cake.Core;

internal sealed record CakeContext(ICakeLog Log, ICakeArguments Arguments) : ICakeContext;
