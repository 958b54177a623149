import types,sys,time
m=types.ModuleType("photosearch"); m.__path__=["photosearch"]; sys.modules["photosearch"]=m
import time,sys,numpy as np,resource
from photosearch.find.clusters import *
n=int(sys.argv[1]); d=int(sys.argv[2]); rng=np.random.default_rng(0)
k=n//20; C=rng.standard_normal((k,d)).astype(np.float32); K=rng.standard_normal((max(20,k//200),d)).astype(np.float32)
C=C+1.0*K[rng.integers(0,len(K),k)]
lab=np.sort(rng.integers(0,k,n)); 
X=np.empty((n,d),np.float32)
for s in range(0,n,50000):
    q=lab[s:s+50000]; X[s:s+50000]=C[q]+1.0*rng.standard_normal((len(q),d)).astype(np.float32); X[s:s+50000]/=np.linalg.norm(X[s:s+50000],axis=1,keepdims=True)
# neighbours: members of own group (random) + others of the kind
start=np.searchsorted(lab,np.arange(k)); size=np.bincount(lab,minlength=k)
nb=start[lab][:,None]+ (rng.integers(0,1<<30,(n,10)) % size[lab][:,None])
nb=np.concatenate([nb,rng.integers(0,n,(n,2))],1)
print('made',resource.getrusage(resource.RUSAGE_SELF).ru_maxrss/1e6)
import photosearch.find.clusters.hierarchy as H
for f in ('merge_all','best_count','refine','_crowding','_in_line'):
    def wrap(g,f=f):
        def w(*a):
            t=time.time(); r=g(*a); print(f,round(time.time()-t,1),flush=True); return r
        return w
    setattr(H,f,wrap(getattr(H,f)))
t=time.time(); h=cluster(X,nb); print('all',time.time()-t, 'GB',resource.getrusage(resource.RUSAGE_SELF).ru_maxrss/1e6)
from sklearn.metrics import normalized_mutual_info_score as nmi
print(h.automatic.max()+1,k,nmi(lab,h.automatic)); t=time.time(); h.cut(30); print('cut ms',1e3*(time.time()-t))
